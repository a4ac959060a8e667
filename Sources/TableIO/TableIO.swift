// Module TableIO.
