"""What runs inside the test variant, with the Python of the phone; nothing here imports anything of ours."""
