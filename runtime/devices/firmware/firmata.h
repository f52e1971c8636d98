/* The Firmata protocol, version 2.5: bytes to commands, and answers to bytes. */
#ifndef FIRMATA_H
#define FIRMATA_H

#include "board.h"

/* Names the protocol and the firmware, as a board does when it is switched on. */
void firmata_hello(void);
/* A byte from the computer. */
void firmata_take(uint8_t byte);
/* Everything as it is after power on. */
void firmata_reset(void);
/* Sends the levels of reported ports that have changed. */
void firmata_ports(void);

void firmata_analog(uint8_t channel, uint16_t counts);
void firmata_string(const char *text);
void firmata_i2c_reply(uint8_t address, uint16_t from, const uint8_t *bytes, uint8_t count);

#endif
