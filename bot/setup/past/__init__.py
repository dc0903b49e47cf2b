"""What happened at the demo's estate before the demo begins, so that no list, figure or picture is empty."""
