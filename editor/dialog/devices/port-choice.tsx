import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { serialPorts, type SerialPorts } from '../../../runtime/messages/index.ts';
import { askGateway } from '../../gateway.ts';
import { Notice, type Trouble, troubleOf } from '../../sidebar/notice.tsx';
import type { DialogForm, MakeWidget } from '../dialog.ts';

type Port = SerialPorts['ports'][number];

/** What a scan has found. */
interface Found {
  readonly scanning: boolean;
  readonly ports?: readonly Port[];
  readonly trouble?: Trouble;
}

/**
 * A serial port, chosen from what is plugged in now or written by hand. Its words are `port.…` of the node's locale.json.
 *
 * @example
 * defineDialog({ widgets: { port: portChoice() } });
 */
export const portChoice = (): MakeWidget => (element, value, form) => {
  let held = typeof value === 'string' ? value : '';
  const keep = (port: string) => {
    held = port;
  };
  render(<Choice initial={held} form={form} keep={keep} place={element} />, element);
  return { value: () => held, close: () => render(null, element) };
};

interface ChoiceProps {
  readonly initial: string;
  readonly form: DialogForm;
  /** Scans by itself when it comes into sight. */
  readonly place: HTMLElement;
  keep(port: string): void;
}

function Choice({ initial, form, place, keep }: ChoiceProps) {
  const [port, setPort] = useState(initial);
  const [found, setFound] = useState<Found>({ scanning: false });
  const scan = async () => {
    setFound((before) => ({ ...before, scanning: true }));
    try {
      setFound({ scanning: false, ports: serialPorts.parse(await askGateway('boards/ports')).ports });
    } catch (error) {
      setFound({ scanning: false, trouble: troubleOf(error) });
    }
  };
  useEffect(() => {
    const sight = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      sight.disconnect();
      void scan();
    });
    sight.observe(place);
    return () => sight.disconnect();
  }, [place]);
  const choose = (next: string) => {
    setPort(next);
    keep(next);
  };
  const { scanning, ports = [], trouble } = found;
  const chosen = ports.find((each) => each.port === port);
  const known = new Set(ports.map((each) => each.port));
  return (
    <div class="millrace-port">
      <div class="millrace-port-line">
        <select
          aria-label={form.text('label.port')}
          value={known.has(port) ? port : ''}
          disabled={ports.length === 0}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        >
          <option value="">{form.text(ports.length === 0 ? 'port.none' : 'port.choose')}</option>
          {ports.map((each) => (
            <option key={each.port} value={each.port}>
              {each.label}
            </option>
          ))}
        </select>
        <button type="button" class="red-ui-button" disabled={scanning} onClick={() => void scan()}>
          <i class={scanning ? 'fa fa-refresh fa-spin' : 'fa fa-refresh'} aria-hidden="true" />{' '}
          {form.text(scanning ? 'port.scanning' : 'port.scan')}
        </button>
      </div>
      <div role="status" class="millrace-port-found">
        {found.ports && !scanning && <Said ports={ports} port={port} chosen={chosen} form={form} />}
      </div>
      <Notice trouble={trouble} />
      <label class="millrace-port-hand">
        <span>{form.text('port.byHand')}</span>
        <input
          type="text"
          value={port}
          placeholder={form.text('port.example')}
          onInput={({ currentTarget }) => choose(currentTarget.value.trim())}
        />
      </label>
    </div>
  );
}

interface SaidProps {
  readonly ports: readonly Port[];
  readonly port: string;
  readonly chosen: Port | undefined;
  readonly form: DialogForm;
}

/** What was found, in words, and what to do where it is nothing, or cannot be opened. */
function Said({ ports, port, chosen, form }: SaidProps) {
  if (ports.length === 0) {
    return (
      <>
        <strong>{form.text('port.nothing')}</strong>
        <ul>
          {['cable', 'firmware', 'permission', 'machine'].map((each) => (
            <li key={each}>{form.text(`port.try.${each}`)}</li>
          ))}
        </ul>
      </>
    );
  }
  const words = form.text(ports.length === 1 ? 'port.one' : 'port.many', { count: ports.length });
  return (
    <>
      <span>{words}</span>
      {port !== '' && !chosen && !port.includes('${') && <p class="millrace-warning">{form.text('port.absent')}</p>}
      {chosen && !chosen.stable && <p>{form.text('port.unstable')}</p>}
      {chosen?.problem !== undefined && <p class="millrace-warning">{chosen.problem}</p>}
    </>
  );
}
