"""The command line, as `python -m handout_press`."""

from handout_press import main

if __name__ == "__main__":
    main()
