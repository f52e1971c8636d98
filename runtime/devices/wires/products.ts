/** Who makes the chip that a USB serial port belongs to, where the device itself does not say so in words. */
const MAKERS: Readonly<Record<string, string>> = {
  '2341': 'Arduino',
  '2a03': 'Arduino',
  '1a86': 'board with a CH340',
  '10c4': 'board with a CP210x',
  '0403': 'board with an FTDI chip',
  '067b': 'board with a PL2303',
  '2e8a': 'Raspberry Pi',
  '303a': 'Espressif',
  '239a': 'Adafruit',
  '16c0': 'Teensy',
};

/** Boards that name themselves by a number only. */
const MODELS: Readonly<Record<string, string>> = {
  '2341:0001': 'Arduino Uno',
  '2341:0043': 'Arduino Uno',
  '2a03:0043': 'Arduino Uno',
  '2341:0010': 'Arduino Mega 2560',
  '2341:0042': 'Arduino Mega 2560',
  '2341:003d': 'Arduino Due',
  '2341:8036': 'Arduino Leonardo',
  '2341:8037': 'Arduino Micro',
};

/**
 * What a USB device is called, from its ids and what it says of itself.
 *
 * @example
 * productOf({ vendor: '2341', model: '0043', product: '', manufacturer: 'Arduino (www.arduino.cc)' }); // 'Arduino Uno'
 * productOf({ vendor: '1a86', model: '7523', product: 'USB Serial', manufacturer: '' }); // 'board with a CH340'
 */
export function productOf(usb: {
  readonly vendor: string;
  readonly model: string;
  readonly product: string;
  readonly manufacturer: string;
}): string {
  const vendor = usb.vendor.toLowerCase();
  const known = MODELS[`${vendor}:${usb.model.toLowerCase()}`];
  if (known !== undefined) return known;
  const maker = usb.manufacturer.replace(/\s*\(.*\)$/, '');
  // "USB Serial" says nothing to someone who looks for a board.
  const product = /^usb[\s-_0-9.]*(serial|uart)?\b/i.test(usb.product) ? '' : usb.product;
  if (product === '') return MAKERS[vendor] ?? maker;
  return maker === '' || product.toLowerCase().includes(maker.toLowerCase()) ? product : `${maker} ${product}`;
}
