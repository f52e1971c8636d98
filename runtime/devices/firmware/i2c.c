#include "i2c.h"

#include <util/delay.h>

#include "firmata.h"
#include "pins.h"
#include "wire.h"

#define READ_LONGEST 64
#define QUERIES 8
#define NO_REGISTER 0xffffu

/* The second byte of a request. */
#define TEN_BITS 0x20
#define RESTART 0x40
enum { WRITE = 0, READ_ONCE = 1, READ_ON = 2, STOP = 3 };

struct query {
  uint8_t address;
  bool restart;
  uint16_t from;
  uint8_t count;
};

static struct query queries[QUERIES];
static uint8_t asked;
static uint16_t delay;
static bool begun;

void i2c_end(void) {
  if (begun) wire_end();
  begun = false;
  asked = 0;
}

void i2c_reset(void) {
  i2c_end();
  delay = 0;
}

void i2c_config(const uint8_t *data, uint8_t length) {
  uint16_t given = length >= 2 ? data[0] | data[1] << 7 : 0;
  if (given > 0) delay = given;
  if (!begun) wire_begin();
  begun = true;
}

static void read(const struct query *query) {
  uint8_t bytes[READ_LONGEST];
  uint16_t from = query->from == NO_REGISTER ? 0 : query->from;
  uint8_t given = 0;
  bool there = true;
  if (query->from != NO_REGISTER) {
    uint8_t where = query->from;
    there = wire_write(query->address, &where, 1, !query->restart);
    for (uint16_t left = delay; there && left > 0; left--) _delay_us(1);
  }
  if (there) given = wire_read(query->address, bytes, query->count);
  if (given < query->count) firmata_string("I2C: Too few bytes received");
  NOTE_I2C_REPLY();
  firmata_i2c_reply(query->address, from, bytes, given);
}

static void stop(uint8_t address) {
  uint8_t kept = 0;
  for (uint8_t i = 0; i < asked; i++) {
    if (queries[i].address != address) queries[kept++] = queries[i];
  }
  asked = kept;
}

static void write(uint8_t address, const uint8_t *data, uint8_t length) {
  uint8_t bytes[READ_LONGEST];
  uint8_t count = 0;
  for (uint8_t i = 0; i + 1 < length && count < READ_LONGEST; i += 2) bytes[count++] = data[i] | data[i + 1] << 7;
  wire_write(address, bytes, count, true);
}

void i2c_request(const uint8_t *data, uint8_t length) {
  if (!begun || length < 2) return;
  uint8_t address = data[0] & 0x7f, mode = data[1] >> 3 & 3;
  if (data[1] & TEN_BITS) {
    firmata_string("10-bit addressing not supported");
    return;
  }
  bool restart = data[1] & RESTART;
  data += 2;
  length -= 2;
  if (mode == WRITE) {
    write(address, data, length);
    return;
  }
  if (mode == STOP) {
    stop(address);
    return;
  }
  /* A register and a count, or only a count. */
  bool whole = length >= 4;
  if (length < 2) return;
  uint16_t count = whole ? data[2] | data[3] << 7 : data[0] | data[1] << 7;
  struct query query = {
    .address = address,
    .restart = restart,
    .from = whole ? (uint16_t)(data[0] | data[1] << 7) : NO_REGISTER,
    .count = count > READ_LONGEST ? READ_LONGEST : count,
  };
  if (mode == READ_ONCE) {
    read(&query);
  } else if (asked < QUERIES) {
    queries[asked++] = query;
  } else {
    firmata_string("too many queries");
  }
}

void i2c_sample(void) {
  for (uint8_t i = 0; i < asked; i++) read(&queries[i]);
}
