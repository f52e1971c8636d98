#include "pins.h"

#include "i2c.h"
#include "pulses.h"

#define SHORTEST_PULSE 544
#define LONGEST_PULSE 2400
#define PWM_PINS (_BV(3) | _BV(5) | _BV(6) | _BV(9) | _BV(10) | _BV(11))

static uint8_t modes[PINS];
static uint16_t values[PINS];
static uint16_t shortest[FIRST_ANALOG], longest[FIRST_ANALOG];

static void write_level(uint8_t pin, bool level) {
  volatile uint8_t *port = pin_port(pin);
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    if (level) *port |= pin_bit(pin);
    else *port &= ~pin_bit(pin);
  }
}

static void drive(uint8_t pin, bool output) {
  volatile uint8_t *direction = pin_port(pin) - 1;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    if (output) *direction |= pin_bit(pin);
    else *direction &= ~pin_bit(pin);
  }
}

/*
 * Timers 0 and 2 make the duty of four pins by themselves, phase-correct, so that 0 is always low and 255 always high:
 * 16 MHz / 64 / 510 = 490 Hz.
 */
static void timer_duty(uint8_t pin, uint8_t duty) {
  switch (pin) {
    case 6: OCR0A = duty; TCCR0A |= _BV(COM0A1); break;
    case 5: OCR0B = duty; TCCR0A |= _BV(COM0B1); break;
    case 11: OCR2A = duty; TCCR2A |= _BV(COM2A1); break;
    case 3: OCR2B = duty; TCCR2A |= _BV(COM2B1); break;
    default: duty_set(pin, duty);
  }
}

static void timer_release(uint8_t pin) {
  switch (pin) {
    case 6: TCCR0A &= ~_BV(COM0A1); break;
    case 5: TCCR0A &= ~_BV(COM0B1); break;
    case 11: TCCR2A &= ~_BV(COM2A1); break;
    case 3: TCCR2A &= ~_BV(COM2B1); break;
    default: duty_end(pin);
  }
}

/* A timer that no pin needs stands still. */
static void timers_follow(void) {
  TCCR0B = modes[5] == PWM || modes[6] == PWM ? _BV(CS01) | _BV(CS00) : 0;
  TCCR2B = modes[3] == PWM || modes[11] == PWM ? _BV(CS22) : 0;
}

void pins_reset(void) {
  TCCR0A = _BV(WGM00);
  TCCR2A = _BV(WGM20);
  for (uint8_t pin = 0; pin < PINS; pin++) {
    modes[pin] = NO_MODE;
    if (pin < FIRST_DIGITAL) continue;
    if (pin < FIRST_ANALOG) {
      shortest[pin] = SHORTEST_PULSE;
      longest[pin] = LONGEST_PULSE;
      servo_end(pin);
      timer_release(pin);
    }
    pin_set_mode(pin, pin < FIRST_ANALOG ? INPUT : ANALOG);
  }
}

bool pin_can(uint8_t pin, uint8_t mode) {
  if (pin < FIRST_DIGITAL || pin >= PINS) return false;
  switch (mode) {
    case INPUT:
    case OUTPUT:
    case PULLUP: return true;
    case ANALOG: return pin >= FIRST_ANALOG;
    case PWM: return pin < FIRST_ANALOG && (PWM_PINS >> pin & 1);
    case SERVO: return pin < FIRST_ANALOG;
    case I2C: return pin == SDA_PIN || pin == SCL_PIN;
    default: return false;
  }
}

uint8_t pin_mode(uint8_t pin) {
  return pin < PINS ? modes[pin] : NO_MODE;
}

uint16_t pin_value(uint8_t pin) {
  return pin < PINS ? values[pin] : 0;
}

void pin_set_mode(uint8_t pin, uint8_t mode) {
  if (!pin_can(pin, mode) || modes[pin] == mode) return;
  if (modes[pin] == PWM) timer_release(pin);
  if (modes[pin] == SERVO) servo_end(pin);
  if (modes[pin] == I2C) i2c_end();
  modes[pin] = mode;
  values[pin] = 0;
  /* The level first, so that no output begins with a glitch. */
  write_level(pin, mode == PULLUP || mode == I2C);
  drive(pin, mode == OUTPUT || mode == PWM || mode == SERVO);
  if (pin >= FIRST_ANALOG) {
    /* An analog voltage half way would make the digital input draw current. */
    if (mode == ANALOG) DIDR0 |= pin_bit(pin);
    else DIDR0 &= ~pin_bit(pin);
  }
  timers_follow();
  if (mode == PWM) timer_duty(pin, 0);
  NOTE_MODE(pin, mode);
}

void pin_write(uint8_t pin, bool level) {
  if (pin_mode(pin) != OUTPUT) return;
  values[pin] = level;
  write_level(pin, level);
}

void pin_write_analog(uint8_t pin, uint16_t value) {
  switch (pin_mode(pin)) {
    case PWM:
      values[pin] = value > 255 ? 255 : value;
      timer_duty(pin, values[pin]);
      return;
    case SERVO:
      values[pin] = value;
      if (value < SHORTEST_PULSE) {
        if (value > 180) value = 180;
        value = shortest[pin] + (uint32_t)value * (longest[pin] - shortest[pin]) / 180;
      }
      if (value < shortest[pin]) value = shortest[pin];
      if (value > longest[pin]) value = longest[pin];
      servo_set(pin, value);
      return;
  }
}

void pin_servo_range(uint8_t pin, uint16_t from, uint16_t to) {
  /* A pulse is at least as long as what an interrupt needs, and a frame has room for it. */
  if (pin < FIRST_DIGITAL || pin >= FIRST_ANALOG || from < 100 || to > 5000 || from >= to) return;
  shortest[pin] = from;
  longest[pin] = to;
}

uint8_t port_read(uint8_t port) {
  uint8_t levels;
  switch (port) {
    case 0: levels = PIND; break;
    case 1: levels = (PINB & 0x3f) | (PINC << 6); break;
    case 2: levels = PINC >> 2 & 0x0f; break;
    default: return 0;
  }
  for (uint8_t bit = 0; bit < 8; bit++) {
    uint8_t mode = pin_mode(port * 8 + bit);
    if (mode != INPUT && mode != PULLUP) levels &= ~(1 << bit);
  }
  return levels;
}
