/*
 * Timer 1 counts half microseconds without end. Its first comparison gives the milliseconds and the edges of servo pulses,
 * its second the duty of pins 9 and 10: so all six PWM pins and a servo on any pin work at once, which the timer's own
 * PWM, that needs both comparisons, would not allow.
 */
#ifndef PULSES_H
#define PULSES_H

#include "board.h"

void pulses_begin(void);
/* Milliseconds since power on. */
uint32_t milliseconds(void);
/* Called in the interrupt of each millisecond: short, please. */
void on_millisecond(uint32_t now);

/* A pulse of this many µs at least every 20 ms, one servo after the other. */
void servo_set(uint8_t pin, uint16_t pulse);
void servo_end(uint8_t pin);

/* Of pins 9 and 10: 255ths of 2,040 µs. */
void duty_set(uint8_t pin, uint8_t duty);
void duty_end(uint8_t pin);

#endif
