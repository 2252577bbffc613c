import { Option, SubCommand } from '../../verb-decorators';
import type { NetworkId } from '#domain/ids';
import type { EventId } from '#kernel/id';
import { jsonWithoutControls } from '#csv/control-characters';
import { lookAtEvent } from '../../../audit/look';
import { openEvent, type OpenedEvent } from '../../../audit/opened-event';
import { whyWords } from '../../../audit/rows';
import { rendered } from '../../output';
import { badData, badUsage } from '../../usage';
import { withAuditor } from './desk';
import { idIn, LookVerb, type LookOptions } from './look-base';

type Form = 'table' | 'json';

const written = (event: OpenedEvent, form: Form): string => {
  if (form === 'json') return jsonWithoutControls(JSON.stringify(event, null, 2));
  const { actor, data, why, ...rest } = event;
  const fields = { ...rest, actor: `${actor.role} ${actor.id}`, why: whyWords(why).join(', ') };
  const told = Object.entries(data).map(
    ([name, value]) => [`data.${name}`, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  const rows = [...Object.entries(fields), ...told].map(([field, value]) => ({ field, value }));
  return rendered(['field', 'value'], rows, 'table');
};

@SubCommand({
  name: 'event',
  arguments: '<id>',
  description: 'Open any event whose id an answer names: what it is, says and came from, without texts; the look is recorded',
})
export class AuditEventVerb extends LookVerb {
  async run(given: string[], { by, motive, output }: LookOptions & { readonly output: Form }): Promise<void> {
    this.only(given, 1);
    const eventId = idIn('an event', given[0]) as EventId;
    await withAuditor({ by, verb: 'event' }, async (auditor) => {
      // whose it is, and no more: nothing is shown before the look is recorded
      const found = await openEvent(auditor.installation, eventId);
      if (!found) throw badData('There is no such event in this log.');
      const event = await lookAtEvent(await auditor.desk(found.network as NetworkId), { eventId, motive });
      if (event) process.stdout.write(`${written(event, output)}\n`);
    });
  }

  @Option({ flags: '--output <form>', description: 'table or json', defaultValue: 'table' })
  output(text: string): Form {
    if (text !== 'table' && text !== 'json') throw badUsage('--output must be table or json.');
    return text;
  }
}
