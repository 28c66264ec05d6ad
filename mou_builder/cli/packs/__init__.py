"""The packs on this computer: build and sign them, install them, and lay them over the library when a person says so."""
