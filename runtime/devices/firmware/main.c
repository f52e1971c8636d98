/* Millrace's firmware for the Arduino Uno: its pins and its I2C bus, spoken to in Firmata over the serial line. */
#include <avr/power.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "analog.h"
#include "firmata.h"
#include "i2c.h"
#include "pulses.h"
#include "serial.h"

/* After a reset by the watchdog it is still on, with the shortest period, and would bite before main begins. */
static void __attribute__((naked, used, section(".init3"))) quiet_watchdog(void) {
  MCUSR = 0;
  wdt_disable();
}

/* @returns whether there was anything to do */
static bool work(void) {
  int16_t byte = serial_get();
  if (byte >= 0) firmata_take(byte);
  analog_send();
  return byte >= 0;
}

int main(void) {
  uint32_t looked = 0;
  set_sleep_mode(SLEEP_MODE_IDLE);
  power_spi_disable();
  pulses_begin();
  firmata_reset();
  serial_begin();
  wdt_enable(WDTO_500MS);
  sei();
  firmata_hello();
  for (;;) {
    wdt_reset();
    while (work()) {
    }
    uint32_t now = milliseconds();
    if (now != looked) {
      looked = now;
      firmata_ports();
      if (sampling_due()) i2c_sample();
    }
    /* With interrupts off, so that no byte comes between the look and the sleep; every interrupt wakes it. */
    cli();
    if (!serial_waiting() && !analog_waiting() && milliseconds() == looked) {
      sleep_enable();
      sei();
      sleep_cpu();
      sleep_disable();
    }
    sei();
  }
}
