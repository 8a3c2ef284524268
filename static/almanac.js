// Everything works without this. It adds the reader's own time beside the edition's.
