/* The I2C bus on A4 and A5, as its master, at 100 kHz. */
#ifndef WIRE_H
#define WIRE_H

#include "board.h"

void wire_begin(void);
void wire_end(void);
/* @returns whether a chip took all of it */
bool wire_write(uint8_t address, const uint8_t *bytes, uint8_t count, bool stop);
/* @returns how many bytes a chip gave */
uint8_t wire_read(uint8_t address, uint8_t *bytes, uint8_t count);

#endif
