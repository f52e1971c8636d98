/* An Arduino Uno: an ATmega328P at 16 MHz. What its pins are, as Firmata numbers them. */
#ifndef BOARD_H
#define BOARD_H

#include <avr/interrupt.h>
#include <avr/io.h>
#include <stdbool.h>
#include <stdint.h>
#include <util/atomic.h>

/* 0 to 13 are the digital pins, 0 and 1 of them the serial line; 14 to 19 are A0 to A5. */
#define PINS 20
#define FIRST_DIGITAL 2
#define FIRST_ANALOG 14
#define ANALOG_PINS 6
#define SDA_PIN 18
#define SCL_PIN 19

/* Pin modes, as the protocol numbers them. */
enum { INPUT = 0, OUTPUT = 1, ANALOG = 2, PWM = 3, SERVO = 4, I2C = 6, PULLUP = 11, NO_MODE = 127 };

/*
 * The general-purpose registers tell whoever watches the chip, a debugger or an emulator, what the firmware is about. Nothing
 * in the firmware reads them.
 */
/* A set of analog readings was put in line to be sent, as this many messages; 0: there was no room, and it was let go. */
#define NOTE_SAMPLE(messages) (GPIOR0 = (messages))
/* What was read over I2C was put in line to be sent. */
#define NOTE_I2C_REPLY() (GPIOR0 = 0x80)
/* A pin has another mode. */
#define NOTE_MODE(pin, mode) (GPIOR1 = (pin), GPIOR2 = (mode))

#endif
