"""The law of the ports, for anyone's adapter and anyone's tests."""
