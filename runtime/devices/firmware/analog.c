#include "analog.h"

#include "firmata.h"
#include "pins.h"
#include "pulses.h"
#include "serial.h"

static uint8_t reported;
static volatile uint16_t counts[ANALOG_PINS];
/* The inputs of the set that is being read, and which of them is next. */
static volatile uint8_t set, channel;
static volatile enum { IDLE, READING, READY } state;
static volatile bool due;
static uint16_t interval;
static uint32_t next;

void analog_reset(void) {
  /* Off first: that ends a conversion that is under way. */
  ADCSRA = 0;
  ADCSRA = _BV(ADEN) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    reported = 0;
    state = IDLE;
    due = false;
  }
  /* What Firmata samples at until it is told otherwise. */
  sampling_interval(19);
}

void analog_report(uint8_t of, bool on) {
  if (of >= ANALOG_PINS) return;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    if (on) reported |= 1 << of;
    else reported &= ~(1 << of);
  }
}

void sampling_interval(uint16_t given) {
  if (given == 0) given = 1;
  uint32_t first = (milliseconds() / given + 1) * given;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    interval = given;
    next = first;
  }
}

/* Begins to read the next input of the set. @returns whether there is one */
static bool read_next(void) {
  while (channel < ANALOG_PINS && !(set >> channel & 1)) channel++;
  if (channel == ANALOG_PINS) return false;
  ADMUX = _BV(REFS0) | channel;
  ADCSRA |= _BV(ADSC) | _BV(ADIE);
  return true;
}

void on_millisecond(uint32_t now) {
  /* A new interval may have been set for an instant that was just over. */
  if ((int32_t)(now - next) < 0) return;
  next += interval;
  due = true;
  /* What is not sent yet is not overwritten: this reading is missing, and shows as missing. */
  if (state != IDLE) return;
  set = 0;
  for (uint8_t of = 0; of < ANALOG_PINS; of++) {
    if ((reported >> of & 1) && pin_mode(FIRST_ANALOG + of) == ANALOG) set |= 1 << of;
  }
  channel = 0;
  if (read_next()) state = READING;
}

ISR(ADC_vect) {
  /* One conversion takes 104 µs, six of them less than a millisecond. */
  counts[channel++] = ADC;
  if (state == READING && !read_next()) state = READY;
}

bool sampling_due(void) {
  bool was = due;
  due = false;
  return was;
}

bool analog_waiting(void) {
  return state == READY;
}

void analog_send(void) {
  if (state != READY) return;
  uint8_t messages = 0;
  for (uint8_t of = 0; of < ANALOG_PINS; of++) messages += set >> of & 1;
  if (serial_room() < messages * 3) messages = 0;
  NOTE_SAMPLE(messages);
  for (uint8_t of = 0; messages > 0 && of < ANALOG_PINS; of++) {
    if (set >> of & 1) firmata_analog(of, counts[of]);
  }
  state = IDLE;
}
