/* Modes and levels of the pins. */
#ifndef PINS_H
#define PINS_H

#include "board.h"

/* Every pin as it is after power on: digital ones are inputs that drive nothing, A0 to A5 are analog inputs. */
void pins_reset(void);
bool pin_can(uint8_t pin, uint8_t mode);
uint8_t pin_mode(uint8_t pin);
/* What was last written to it. */
uint16_t pin_value(uint8_t pin);
/* Ignored where the pin cannot do it, or does it already. */
void pin_set_mode(uint8_t pin, uint8_t mode);
/* Of an output. */
void pin_write(uint8_t pin, bool level);
/* A duty of 0 to 255, or of a servo a pulse in µs, or degrees where it is less than 544. */
void pin_write_analog(uint8_t pin, uint16_t value);
/* The shortest and the longest pulse of a servo, µs: what 0° and 180° are. */
void pin_servo_range(uint8_t pin, uint16_t shortest, uint16_t longest);
/* Levels of eight pins from `port` × 8 on; what is no digital input is 0. */
uint8_t port_read(uint8_t port);

/* Where a pin's PORT register is: DDR is one before it, PIN two. */
static inline volatile uint8_t *pin_port(uint8_t pin) {
  return pin < 8 ? &PORTD : pin < FIRST_ANALOG ? &PORTB : &PORTC;
}
static inline uint8_t pin_bit(uint8_t pin) {
  return 1 << (pin < 8 ? pin : pin < FIRST_ANALOG ? pin - 8 : pin - FIRST_ANALOG);
}

#endif
