import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, Visitor, type WithCaller } from '../../installation/access';
import { NetworksOfHolder } from '../queries/networks-of-holder';
import { ApiRefused } from '../openapi/documented';
import { SignIn } from './sign-in';

export class SignInDto {
  /** A path of the site. */
  @IsOptional()
  @IsString()
  @MaxLength(500)
  @Matches(/^\/(?![/\\])[!-[\]-~]*$/, { message: 'returnTo must be a path of this site' })
  readonly returnTo: string = '/';
}

const away = (reply: FastifyReply, address: string): void => void reply.header('cache-control', 'no-store').redirect(address, 302);

/** For the web site: browsers sign in at the identity provider, and bring a cookie from then on. */
@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignIn,
    private readonly networks: NetworksOfHolder,
  ) {}

  @Get('sign-in')
  @Public()
  @ApiOperation({ summary: 'To the identity provider; whoever comes back from there goes on at `returnTo`' })
  @ApiResponse({
    status: 302,
    description: 'To the provider; or to `/sign-in-failed?reason=…`, where there is none, or it does not answer',
  })
  @ApiRefused(400, 'returnTo is no path of this site')
  async begin(@Query() { returnTo }: SignInDto, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    away(reply, await this.signIn.begin(request, reply, returnTo));
  }

  @Get('sign-in/callback')
  @Public()
  @ApiOperation({ summary: 'Where the identity provider sends people back to' })
  @ApiResponse({ status: 302, description: 'To where they wanted to go, signed in; or to `/sign-in-failed?reason=…`' })
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    away(reply, await this.signIn.finish(request, reply));
  }

  @Post('sign-out')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Ends the session here, and says where it ends at the identity provider' })
  @ApiRefused(403, 'Another site sent it')
  async end(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return { signOutAt: await this.signIn.end(request, reply) };
  }

  @Get('session')
  @Visitor()
  @ApiOperation({
    summary:
      'Whether one can sign in here, whether one has, until when, and the networks in which one has roles; an operator has one in each',
  })
  async session(@Req() { holder, sessionExpiresAt }: WithCaller) {
    return {
      signIn: this.signIn.isAvailable ? 'available' : 'unavailable',
      signedIn: holder !== undefined,
      person: holder ? this.signIn.tagOf(holder) : null,
      networks: holder ? await this.networks.shown(holder) : [],
      toOpen: holder ? await this.networks.toOpen(holder) : [],
      expiresAt: sessionExpiresAt ?? null,
      isOperator: holder?.isOperator ?? false,
    };
  }
}
