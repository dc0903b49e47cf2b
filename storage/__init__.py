"""What is kept: tables, repositories, migrations."""
