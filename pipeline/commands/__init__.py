"""The commands of ``branch-plans``, one module each; what a command needs is imported when it runs."""
