//! The cast: tablets, the centre social, the network between them.
