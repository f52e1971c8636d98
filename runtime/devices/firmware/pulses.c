#include "pulses.h"

#include "pins.h"

/* Counts of half a microsecond. */
#define MILLISECOND 2000
#define DUTY_STEP 16
#define DUTY_PERIOD (255 * DUTY_STEP)
/*
 * An interrupt comes this much before an edge and waits for it, so that other interrupts, which are shorter than this, do
 * not shake it.
 */
#define EARLY 20
/* What lies between the end of the wait and the edge, and between the edge and the look at the timer. */
#define EDGE 2
#define FRAME_MILLISECONDS 20

static volatile uint32_t now;
static uint16_t millisecond_at;

static volatile uint16_t servo_pulses[FIRST_ANALOG];
/* The servo whose pulse is on; 0: none. Where its level is, ready for an edge without delay. */
static uint8_t servo_on;
static volatile uint8_t *servo_port = &PORTD;
static uint8_t servo_bit;
static uint16_t servo_at;
static uint8_t frame_left = 1;

/* Pins 9 and 10; 0: the level is constant. */
static volatile uint8_t duties[2];
static uint8_t latched[2];
static uint16_t duty_at, duty_begun;

static inline bool passed(uint16_t at) {
  return (int16_t)(TCNT1 - at) >= 0;
}

/* Whether it is so near that there is no time to leave the interrupt and come back. */
static inline bool near(uint16_t at) {
  return (int16_t)(at - TCNT1) <= EARLY + 4;
}

static inline void await(uint16_t at) {
  while (!passed(at)) {
  }
}

void pulses_begin(void) {
  TCCR1A = 0;
  TCCR1B = _BV(CS11);
  millisecond_at = MILLISECOND;
  OCR1A = MILLISECOND;
  TCNT1 = 0;
  TIFR1 = _BV(OCF1A) | _BV(OCF1B);
  TIMSK1 = _BV(OCIE1A);
}

uint32_t milliseconds(void) {
  uint32_t copy;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) copy = now;
  return copy;
}

/* Ends the pulse that is on and begins the next servo's at the same instant. */
static void servo_step(void) {
  volatile uint8_t *port = servo_port;
  uint8_t others = ~servo_bit;
  await(servo_at);
  *port &= others;
  uint8_t pin = servo_on ? servo_on + 1 : FIRST_DIGITAL;
  while (pin < FIRST_ANALOG && servo_pulses[pin] == 0) pin++;
  if (pin == FIRST_ANALOG) {
    servo_on = servo_bit = 0;
    return;
  }
  servo_port = pin_port(pin);
  servo_bit = pin_bit(pin);
  *servo_port |= servo_bit;
  /* From the edge itself, so that the search for the pin does not shorten the pulse. */
  servo_at = TCNT1 + servo_pulses[pin] * 2 - EDGE;
  servo_on = pin;
}

static void frame(void) {
  if (--frame_left > 0) return;
  /* More servos than a frame has room for: the next one begins when all have had their turn. */
  frame_left = servo_on ? 1 : FRAME_MILLISECONDS;
  if (servo_on) return;
  servo_at = TCNT1 + 8;
  servo_step();
}

ISR(TIMER1_COMPA_vect) {
  for (;;) {
    if (servo_on && near(servo_at)) {
      servo_step();
    } else if (passed(millisecond_at)) {
      millisecond_at += MILLISECOND;
      on_millisecond(++now);
      frame();
    } else {
      uint16_t next = millisecond_at;
      if (servo_on && (int16_t)(servo_at - EARLY - next) < 0) next = servo_at - EARLY;
      OCR1A = next;
      /* Unless it went by meanwhile: a comparison that is missed comes back after 33 ms. */
      if ((int16_t)(next - TCNT1) > 1) return;
    }
  }
}

void servo_set(uint8_t pin, uint16_t pulse) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) servo_pulses[pin] = pulse;
}

void servo_end(uint8_t pin) {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    servo_pulses[pin] = 0;
    /* It may be something else by the time its pulse would have ended. */
    if (servo_on == pin) servo_bit = 0;
  }
}

static void duty_level(uint8_t which, bool level) {
  if (level) PORTB |= _BV(PB1) << which;
  else PORTB &= ~(_BV(PB1) << which);
}

ISR(TIMER1_COMPB_vect) {
  for (;;) {
    if (!near(duty_at)) {
      OCR1B = duty_at - EARLY;
      /* It may have matched meanwhile: that would be told as this edge, which is far off. */
      TIFR1 = _BV(OCF1B);
      if (!near(duty_at)) return;
    }
    await(duty_at);
    if (duty_at == duty_begun) {
      for (uint8_t which = 0; which < 2; which++) {
        latched[which] = duties[which];
        if (latched[which]) duty_level(which, true);
      }
    } else {
      uint16_t since = duty_at - duty_begun;
      for (uint8_t which = 0; which < 2; which++) {
        if (latched[which] && latched[which] * DUTY_STEP == since) duty_level(which, false);
      }
    }
    /* The next edge: the nearest end of a high level, or the beginning of the next period. */
    uint16_t since = duty_at - duty_begun, next = DUTY_PERIOD;
    for (uint8_t which = 0; which < 2; which++) {
      uint16_t end = latched[which] * DUTY_STEP;
      if (end > since && end < next) next = end;
    }
    duty_at = duty_begun + next;
    if (next == DUTY_PERIOD) {
      duty_begun = duty_at;
      if (!latched[0] && !latched[1] && !duties[0] && !duties[1]) {
        TIMSK1 &= ~_BV(OCIE1B);
        return;
      }
    }
  }
}

/* A level that is constant needs no interrupts; it is set once the period with the last edge is over. */
static void constant(uint8_t which, bool level) {
  duties[which] = 0;
  latched[which] = 0;
  duty_level(which, level);
}

void duty_set(uint8_t pin, uint8_t duty) {
  uint8_t which = pin - 9;
  if (which > 1) return;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    if (duty == 0 || duty == 255) {
      constant(which, duty);
    } else {
      duties[which] = duty;
      if (!(TIMSK1 & _BV(OCIE1B))) {
        duty_begun = duty_at = TCNT1 + 2 * EARLY;
        OCR1B = duty_at - EARLY;
        TIFR1 = _BV(OCF1B);
        TIMSK1 |= _BV(OCIE1B);
      }
    }
  }
}

void duty_end(uint8_t pin) {
  uint8_t which = pin - 9;
  if (which > 1) return;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) constant(which, false);
}
