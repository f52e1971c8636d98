#include "serial.h"

#include <avr/sleep.h>
#include <avr/wdt.h>

/* Indices of one byte go round by themselves. */
static volatile uint8_t received[256], received_head, received_tail;
static volatile uint8_t sending[256], sending_head, sending_tail;

void serial_begin(void) {
  /* 16 MHz / (8 × 35) = 57,143 baud, 0.8 % off: data sheet, table "Examples of UBRRn settings". */
  UBRR0 = 34;
  UCSR0A = _BV(U2X0);
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

ISR(USART_RX_vect) {
  uint8_t byte = UDR0;
  uint8_t next = received_head + 1;
  /* Full: 256 bytes have waited for 44 ms. */
  if (next == received_tail) return;
  received[received_head] = byte;
  received_head = next;
}

ISR(USART_UDRE_vect) {
  UDR0 = sending[sending_tail++];
  if (sending_tail == sending_head) UCSR0B &= ~_BV(UDRIE0);
}

int16_t serial_get(void) {
  if (received_tail == received_head) return -1;
  return received[received_tail++];
}

bool serial_waiting(void) {
  return received_tail != received_head;
}

uint8_t serial_room(void) {
  return 255 - (uint8_t)(sending_head - sending_tail);
}

void serial_put(uint8_t byte) {
  while (serial_room() == 0) {
    /* The line always moves: 174 µs a byte. */
    wdt_reset();
    sleep_mode();
  }
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    sending[sending_head++] = byte;
    UCSR0B |= _BV(UDRIE0);
  }
}
