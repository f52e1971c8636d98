#include "wire.h"

#include <avr/sleep.h>
#include <avr/wdt.h>
#include <util/twi.h>

#include "pins.h"
#include "pulses.h"

/* ms: longer than any chip stretches the clock. A bus that is held for ever must not hold the board. */
#define PATIENCE 25

static volatile bool done;

void wire_begin(void) {
  pin_set_mode(SDA_PIN, I2C);
  pin_set_mode(SCL_PIN, I2C);
  TWSR = 0;
  TWBR = (F_CPU / 100000 - 16) / 2;
  TWCR = _BV(TWEN);
}

void wire_end(void) {
  TWCR = 0;
}

ISR(TWI_vect) {
  /* The flag stays set, so that the bus waits: to write a one to it would let the bus go on. */
  TWCR = _BV(TWEN);
  done = true;
}

/* One step on the bus, asleep while it lasts. @returns the status after it; TW_BUS_ERROR where it never ended */
static uint8_t step(uint8_t what) {
  uint32_t begun = milliseconds();
  done = false;
  TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWIE) | what;
  for (;;) {
    cli();
    if (done) break;
    sleep_enable();
    sei();
    sleep_cpu();
    sleep_disable();
    wdt_reset();
    if (milliseconds() - begun > PATIENCE) {
      TWCR = 0;
      TWCR = _BV(TWEN);
      return TW_BUS_ERROR;
    }
  }
  sei();
  return TW_STATUS;
}

static void stop_bus(void) {
  TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO);
  for (uint8_t turns = 255; turns > 0 && (TWCR & _BV(TWSTO)); turns--) {
  }
}

static bool address_chip(uint8_t address, bool read) {
  uint8_t status = step(_BV(TWSTA));
  if (status != TW_START && status != TW_REP_START) return false;
  TWDR = address << 1 | read;
  return step(0) == (read ? TW_MR_SLA_ACK : TW_MT_SLA_ACK);
}

bool wire_write(uint8_t address, const uint8_t *bytes, uint8_t count, bool stop) {
  bool taken = address_chip(address, false);
  for (uint8_t i = 0; taken && i < count; i++) {
    TWDR = bytes[i];
    taken = step(0) == TW_MT_DATA_ACK;
  }
  if (stop || !taken) stop_bus();
  return taken;
}

uint8_t wire_read(uint8_t address, uint8_t *bytes, uint8_t count) {
  uint8_t given = 0;
  if (count > 0 && address_chip(address, true)) {
    while (given < count) {
      /* All but the last byte are acknowledged. */
      bool last = given == count - 1;
      uint8_t status = step(last ? 0 : _BV(TWEA));
      if (status != (last ? TW_MR_DATA_NACK : TW_MR_DATA_ACK)) break;
      bytes[given++] = TWDR;
    }
  }
  stop_bus();
  return given;
}
