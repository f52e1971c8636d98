import type { ChipEntry } from './chip.ts';

/** An expander of eight pins. A pin that is written 1 is pulled up weakly, and reads what is wired to it. */
export const pcf8574: ChipEntry = {
  label: 'PCF8574 pin expander',
  addresses: [0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f],
  senses: [],
  source: 'NXP PCF8574 rev. 5',
  make({ level, drive }) {
    let port = 0xff;
    return {
      write(bytes) {
        for (const byte of bytes) {
          const changed = port ^ byte;
          port = byte;
          for (let pin = 0; pin < 8; pin++) if ((changed >> pin) & 1) drive(String(pin), (byte >> pin) & 1);
        }
      },
      read(count) {
        let pins = 0;
        for (let pin = 0; pin < 8; pin++) if ((port >> pin) & 1 && (level(String(pin)) ?? 1)) pins |= 1 << pin;
        return Array.from({ length: count }, () => pins);
      },
    };
  },
};
