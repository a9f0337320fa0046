"""Staff and devices over HTTP: coming in, the register, badges, devices."""
