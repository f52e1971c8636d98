import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LogLine } from '../../../runtime/messages/index.ts';
import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { usePolling } from '../use-polling.ts';
import type { Gateways } from './gateways.ts';

interface LogTailProps {
  readonly gateway: string;
  readonly gateways: Gateways;
  readonly root: HTMLElement;
}

/** While it is looked at it is asked for so often, ms. */
const PERIOD = 1_000;
/** Lines. */
const MOST = 500;
/** So near to its end it stays there, pixels. */
const NEAR = 24;

/** The end of a gateway's log, which goes on by itself while one looks at its end. */
export function LogTail({ gateway, gateways, root }: LogTailProps) {
  const [lines, setLines] = useState<readonly LogLine[]>();
  const [trouble, setTrouble] = useState<Trouble>();
  const last = useRef(0);
  const box = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  const look = useCallback(async () => {
    try {
      const more = await gateways.log(gateway, last.current);
      last.current = more.at(-1)?.sequence ?? last.current;
      if (more.length > 0 || lines === undefined) setLines((before = []) => [...before, ...more].slice(-MOST));
      setTrouble(undefined);
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  }, [gateway, gateways]);
  usePolling(look, PERIOD, root);
  useLayoutEffect(() => {
    if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  const scrolled = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: { currentTarget: HTMLElement }) => {
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
  };
  return (
    <div class="millrace-log">
      <Notice trouble={trouble} />
      {lines?.length === 0 && <p class="millrace-quiet">{WORDS.noLog}</p>}
      <pre ref={box} role="log" aria-label={WORDS.log} tabIndex={0} onScroll={scrolled}>
        {lines?.map(({ sequence, time, source, text }) => (
          <span key={sequence} class={`millrace-log-${source}`}>
            <time>{clockOf(time)}</time> {text}
            {'\n'}
          </span>
        ))}
      </pre>
    </div>
  );
}

const clockOf = (time: number) => new Date(time).toLocaleTimeString('en-GB');
