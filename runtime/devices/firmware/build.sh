#!/bin/sh
# Builds uno.hex from the sources beside it with Debian's gcc-avr and avr-libc, and uno.ts, which holds the same text for the
# emulated board: `sh build.sh [FOLDER]`. The same compiler gives the same bytes: gcc-avr 5.4.0+Atmel3.6.2, avr-libc 2.0.0.
set -eu
cd "$(dirname "$0")"
folder=${1:-.}
elf=$(mktemp)
trap 'rm -f "$elf"' EXIT
avr-gcc -mmcu=atmega328p -DF_CPU=16000000UL -std=gnu99 -Os -flto -fwhole-program -Wall -Wextra -Werror \
  -o "$elf" main.c serial.c pins.c pulses.c analog.c wire.c i2c.c firmata.c
avr-objcopy -O ihex -R .eeprom "$elf" "$folder/uno.hex"
{
  echo '/** The firmware as Intel HEX, as build.sh makes it of the C sources beside this file. */'
  echo 'export const UNO_HEX = `'
  tr -d '\r' <"$folder/uno.hex"
  echo '`;'
} >"$folder/uno.ts"
avr-size "$elf" >&2
