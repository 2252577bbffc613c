import { useEffect, useState } from 'react';
import { FileField, TextArea } from '../../../design/fields';
import { Notice, Section, Waiting } from '../../../design/parts';
import { useDraft } from '../../../session/drafts';
import { judge, type Verdict } from './judge';
import { Judgement } from './judgement';
import { readKey, type VerifierKey } from './signed-note';
import { useVerifierTexts } from './verifier-texts';

/** How far the judging of a file is; without an end, nothing is known of it. */
type Judging = Verdict | { readonly verdict: 'under-way' } | { readonly verdict: 'unreadable' };

const verdictOn = async (file: File, known: readonly VerifierKey[]): Promise<Judging> => {
  const bytes = await file.arrayBuffer().catch(() => null);
  return bytes === null ? { verdict: 'unreadable' } : judge(new Uint8Array(bytes), known);
};

/** Judged anew for another file and for other keys; a verdict that comes late is of neither. */
const useVerdict = (file: File | null, known: readonly VerifierKey[] | null): Judging | null => {
  const [judging, setJudging] = useState<Judging | null>(null);
  useEffect(() => {
    if (!file || !known) return setJudging(null);
    let isCurrent = true;
    setJudging({ verdict: 'under-way' });
    void verdictOn(file, known).then((verdict) => isCurrent && setJudging(verdict));
    return () => void (isCurrent = false);
  }, [file, known]);
  return judging;
};

interface Keys {
  /** Null where a line is none. */
  readonly known: readonly VerifierKey[] | null;
  readonly wrongLine: number;
}

const NO_KEYS: Keys = { known: [], wrongLine: 0 };

const useKeys = (typed: string): Keys => {
  const [keys, setKeys] = useState(NO_KEYS);
  useEffect(() => {
    let isCurrent = true;
    const lines = typed.split('\n').map((line) => line.trim());
    void Promise.all(lines.map((line) => (line === '' ? 'empty' : readKey(line)))).then((read) => {
      const known = read.filter((key) => key !== 'empty').filter((key) => key !== null);
      const wrong = read.indexOf(null);
      if (isCurrent) setKeys({ known: wrong === -1 ? known : null, wrongLine: wrong + 1 });
    });
    return () => void (isCurrent = false);
  }, [typed]);
  return keys;
};

/** A file may be let fall anywhere on the page: beside a small target the browser would leave the page and open it. */
const useDropped = (take: (file: File) => void): void =>
  useEffect(() => {
    const allow = (event: DragEvent): void => event.preventDefault();
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) take(file);
    };
    addEventListener('dragover', allow);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', allow);
      removeEventListener('drop', drop);
    };
  }, [take]);

const NOTHING = { typed: '' };

/** A file of evidence, judged by the browser alone: no request is made. */
export const Verifier = () => {
  const say = useVerifierTexts();
  const [file, setFile] = useState<File | null>(null);
  const [{ typed }, change] = useDraft('verifier-keys', NOTHING, 'tab');
  const { known, wrongLine } = useKeys(typed);
  const judging = useVerdict(file, known);
  useDropped(setFile);
  return (
    <Section title={say('title')}>
      <p>{say('lead')}</p>
      <div className="card no-print">
        <FileField label={say('file')} hint={say('file-hint')} accept=".json,application/json" onChange={setFile} />
        <TextArea
          label={say('keys')}
          hint={say('keys-hint')}
          rows={2}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(text) => change({ typed: text })}
          error={wrongLine > 0 ? say('keys-wrong', { line: wrongLine }) : undefined}
        />
      </div>
      {file && judging ? <Judged file={file.name} judging={judging} isKnown={known?.some(({ kind }) => kind === 'log') ?? false} /> : null}
    </Section>
  );
};

const Judged = ({ file, judging, isKnown }: { readonly file: string; readonly judging: Judging; readonly isKnown: boolean }) => {
  const say = useVerifierTexts();
  if (judging.verdict === 'under-way') return <Waiting label={say('reading')} lines={2} />;
  if (judging.verdict === 'unreadable') return <Notice tone="bad">{say('unreadable')}</Notice>;
  if (judging.verdict === 'not-judged') return <Notice tone="warn">{say('not-judged')}</Notice>;
  return <Judgement file={file} of={judging} isKnown={isKnown} />;
};
