/* Readings of the analog inputs: all that are asked for together, evenly spaced by a timer. */
#ifndef ANALOG_H
#define ANALOG_H

#include "board.h"

void analog_reset(void);
/* Of an analog input, 0 to 5. */
void analog_report(uint8_t channel, bool on);
/* ms between readings. They fall on multiples of it since power on. */
void sampling_interval(uint16_t interval);
/* Whether a reading was due since this was asked last, for what is read beside the analog inputs. */
bool sampling_due(void);
/* Whether readings are ready to be sent. */
bool analog_waiting(void);
/* Puts the readings that are ready in line to be sent. */
void analog_send(void);

#endif
