#include "firmata.h"

#include "analog.h"
#include "i2c.h"
#include "pins.h"
#include "serial.h"

#define PROTOCOL_MAJOR 2
#define PROTOCOL_MINOR 5
#define FIRMWARE_MAJOR 1
#define FIRMWARE_MINOR 0
#define NAME "MillraceUno"
#define PORTS 3
#define NO_ANALOG 127

enum {
  DIGITAL_MESSAGE = 0x90,
  REPORT_ANALOG = 0xc0,
  REPORT_DIGITAL = 0xd0,
  ANALOG_MESSAGE = 0xe0,
  START_SYSEX = 0xf0,
  SET_PIN_MODE = 0xf4,
  SET_DIGITAL_PIN = 0xf5,
  END_SYSEX = 0xf7,
  REPORT_VERSION = 0xf9,
  SYSTEM_RESET = 0xff,

  ANALOG_MAPPING_QUERY = 0x69,
  ANALOG_MAPPING_RESPONSE = 0x6a,
  CAPABILITY_QUERY = 0x6b,
  CAPABILITY_RESPONSE = 0x6c,
  PIN_STATE_QUERY = 0x6d,
  PIN_STATE_RESPONSE = 0x6e,
  EXTENDED_ANALOG = 0x6f,
  SERVO_CONFIG = 0x70,
  STRING_DATA = 0x71,
  I2C_REQUEST = 0x76,
  I2C_REPLY = 0x77,
  I2C_CONFIG = 0x78,
  REPORT_FIRMWARE = 0x79,
  SAMPLING_INTERVAL = 0x7a,
};

/* The message that is being received; a sysex message without its first byte. */
static uint8_t held[250];
static uint8_t length;
static uint8_t command;

static bool port_reported[PORTS];
static uint8_t port_sent[PORTS];

static void put_sevens(uint16_t value) {
  serial_put(value & 0x7f);
  serial_put(value >> 7 & 0x7f);
}

static void put_version(void) {
  serial_put(REPORT_VERSION);
  serial_put(PROTOCOL_MAJOR);
  serial_put(PROTOCOL_MINOR);
}

static void begin_sysex(uint8_t kind) {
  serial_put(START_SYSEX);
  serial_put(kind);
}

static void put_firmware(void) {
  begin_sysex(REPORT_FIRMWARE);
  serial_put(FIRMWARE_MAJOR);
  serial_put(FIRMWARE_MINOR);
  for (const char *letter = NAME; *letter; letter++) put_sevens(*letter);
  serial_put(END_SYSEX);
}

static void put_capabilities(void) {
  static const uint8_t abilities[][2] = {{INPUT, 1}, {OUTPUT, 1}, {ANALOG, 10}, {PWM, 8},
                                         {SERVO, 14}, {I2C, 1}, {PULLUP, 1}};
  begin_sysex(CAPABILITY_RESPONSE);
  for (uint8_t pin = 0; pin < PINS; pin++) {
    for (uint8_t i = 0; i < sizeof abilities / sizeof *abilities; i++) {
      if (!pin_can(pin, abilities[i][0])) continue;
      serial_put(abilities[i][0]);
      serial_put(abilities[i][1]);
    }
    serial_put(NO_MODE);
  }
  serial_put(END_SYSEX);
}

static void put_analog_mapping(void) {
  begin_sysex(ANALOG_MAPPING_RESPONSE);
  for (uint8_t pin = 0; pin < PINS; pin++) serial_put(pin < FIRST_ANALOG ? NO_ANALOG : pin - FIRST_ANALOG);
  serial_put(END_SYSEX);
}

static void put_pin_state(uint8_t pin) {
  begin_sysex(PIN_STATE_RESPONSE);
  serial_put(pin);
  if (pin < PINS) {
    serial_put(pin_mode(pin));
    put_sevens(pin_value(pin));
  }
  serial_put(END_SYSEX);
}

static void put_port(uint8_t port) {
  serial_put(DIGITAL_MESSAGE | port);
  put_sevens(port_sent[port]);
}

void firmata_hello(void) {
  put_version();
  put_firmware();
}

void firmata_analog(uint8_t channel, uint16_t counts) {
  serial_put(ANALOG_MESSAGE | channel);
  put_sevens(counts);
}

void firmata_string(const char *text) {
  begin_sysex(STRING_DATA);
  for (; *text; text++) put_sevens(*text);
  serial_put(END_SYSEX);
}

void firmata_i2c_reply(uint8_t address, uint16_t from, const uint8_t *bytes, uint8_t count) {
  begin_sysex(I2C_REPLY);
  put_sevens(address);
  put_sevens(from);
  for (uint8_t i = 0; i < count; i++) put_sevens(bytes[i]);
  serial_put(END_SYSEX);
}

void firmata_ports(void) {
  for (uint8_t port = 0; port < PORTS; port++) {
    if (!port_reported[port]) continue;
    uint8_t levels = port_read(port);
    if (levels == port_sent[port]) continue;
    port_sent[port] = levels;
    put_port(port);
  }
}

void firmata_reset(void) {
  for (uint8_t port = 0; port < PORTS; port++) port_reported[port] = false;
  i2c_reset();
  analog_reset();
  pins_reset();
}

static void report_port(uint8_t port, bool on) {
  if (port >= PORTS) return;
  port_reported[port] = on;
  if (!on) return;
  /* What it is at now, and from then on when it changes. */
  port_sent[port] = port_read(port);
  put_port(port);
}

static void write_port(uint8_t port, uint8_t levels) {
  for (uint8_t bit = 0; bit < 8; bit++) pin_write(port * 8 + bit, levels >> bit & 1);
}

static uint16_t sevens(const uint8_t *data) {
  return data[0] | data[1] << 7;
}

/* held[0] is the kind, `length` counts it. */
static void sysex(void) {
  const uint8_t *data = held + 1;
  uint8_t given = length - 1;
  switch (held[0]) {
    case REPORT_FIRMWARE: put_firmware(); break;
    case CAPABILITY_QUERY: put_capabilities(); break;
    case ANALOG_MAPPING_QUERY: put_analog_mapping(); break;
    case PIN_STATE_QUERY:
      if (given >= 1) put_pin_state(data[0]);
      break;
    case EXTENDED_ANALOG:
      if (given >= 2) pin_write_analog(data[0], given == 2 ? data[1] : sevens(data + 1));
      break;
    case SERVO_CONFIG:
      if (given < 5) break;
      pin_servo_range(data[0], sevens(data + 1), sevens(data + 3));
      pin_set_mode(data[0], SERVO);
      break;
    case SAMPLING_INTERVAL:
      if (given >= 2) sampling_interval(sevens(data));
      break;
    case I2C_CONFIG: i2c_config(data, given); break;
    case I2C_REQUEST: i2c_request(data, given); break;
  }
}

static void message(void) {
  uint8_t low = held[0], high = held[1];
  uint8_t index = command & 0x0f;
  switch (command < 0xf0 ? command & 0xf0 : command) {
    case SET_PIN_MODE: pin_set_mode(low, high); break;
    case SET_DIGITAL_PIN: pin_write(low, high & 1); break;
    case DIGITAL_MESSAGE: write_port(index, low | high << 7); break;
    case ANALOG_MESSAGE: pin_write_analog(index, low | high << 7); break;
    case REPORT_ANALOG: analog_report(index, low); break;
    case REPORT_DIGITAL: report_port(index, low); break;
  }
}

/* How many bytes follow a command; 0 where it is not known. */
static uint8_t arguments(uint8_t of) {
  switch (of < 0xf0 ? of & 0xf0 : of) {
    case DIGITAL_MESSAGE:
    case ANALOG_MESSAGE:
    case SET_PIN_MODE:
    case SET_DIGITAL_PIN: return 2;
    case REPORT_ANALOG:
    case REPORT_DIGITAL: return 1;
    default: return 0;
  }
}

void firmata_take(uint8_t byte) {
  if (byte < 0x80) {
    if (command == 0) return;
    if (length == sizeof held) {
      /* Its end was lost on the wire. */
      command = 0;
      return;
    }
    held[length++] = byte;
    if (command != START_SYSEX && length == arguments(command)) {
      message();
      command = 0;
    }
    return;
  }
  if (byte == END_SYSEX) {
    if (command == START_SYSEX && length > 0) sysex();
    command = 0;
    return;
  }
  /* A command in the middle of another begins anew. */
  command = byte;
  length = 0;
  if (byte == REPORT_VERSION) put_version();
  if (byte == SYSTEM_RESET) firmata_reset();
  if (byte != START_SYSEX && arguments(byte) == 0) command = 0;
}
