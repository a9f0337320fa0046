"""Who works at the fair: roles, the one table of permissions, the register, devices, sign-in, sessions."""
