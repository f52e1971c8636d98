/* The serial line: 57,600 baud, 8 bits, no parity, one stop bit. Both ways go through rings that interrupts empty and fill. */
#ifndef SERIAL_H
#define SERIAL_H

#include "board.h"

void serial_begin(void);
/* The next byte from the computer, or -1. */
int16_t serial_get(void);
bool serial_waiting(void);
/* How many bytes can be put in line without waiting. */
uint8_t serial_room(void);
/* Puts a byte in line, and waits while the line is full. */
void serial_put(uint8_t byte);

#endif
