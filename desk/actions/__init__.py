"""What people do at the desk, one module a family of use cases."""
