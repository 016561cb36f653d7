class Turbine:
    def __init__(self, bus, number):
        self._bus = bus
        self._number = number

    # what visitors of the control room may ask for

    def speed(self):
        return self._bus.read(self._number, 0x10)

    def temperature(self):
        return self._bus.read(self._number, 0x11)

    # maintenance; needs the key switch and two people

    def overspeed_test(self):
        self._bus.write(self._number, 0x40, 1)
        return "started"

    def erase_limits(self):
        self._bus.write(self._number, 0x41, 0)
        return "erased"
