// The data sets that travel with the library.
