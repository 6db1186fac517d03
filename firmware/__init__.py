"""The phone: call machine, screens, enrolment, key store, services."""
