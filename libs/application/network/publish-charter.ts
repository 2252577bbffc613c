import { IsOptional } from 'class-validator';
import type { SentCommand } from '#domain/catalogue';
import { IsNested, IsText } from '../dto/fields';
import { SingleStepCommand } from '../dispatch/single-step-command';

/** The charter's words, in one language at least. */
export class CharterTextDto {
  @IsOptional()
  @IsText(50_000)
  readonly fr?: string;

  @IsOptional()
  @IsText(50_000)
  readonly en?: string;
}

export class PublishCharterDto {
  @IsNested(() => CharterTextDto)
  readonly text!: CharterTextDto;
}

export class PublishCharter extends SingleStepCommand<[dto: PublishCharterDto]> {
  toSend(): SentCommand {
    const { envelope } = this;
    const [dto] = this.given;
    return {
      type: 'PublishCharter',
      data: {
        networkId: envelope.networkId,
        text: { ...(dto.text.fr ? { fr: dto.text.fr } : {}), ...(dto.text.en ? { en: dto.text.en } : {}) },
      },
    };
  }
}
