/* Firmata's requests for the I2C bus. */
#ifndef I2C_H
#define I2C_H

#include "board.h"

void i2c_reset(void);
/* Something else is done with the wires of the bus: nothing more is read or written until it is configured again. */
void i2c_end(void);
/* What follows the command byte of each message. */
void i2c_config(const uint8_t *data, uint8_t length);
void i2c_request(const uint8_t *data, uint8_t length);
/* Reads what is to be read at every interval. */
void i2c_sample(void);

#endif
