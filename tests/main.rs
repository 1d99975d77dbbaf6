//! One binary: the rules of the project, the journeys of mediators and coordinators, the simulations.

mod journeys;
mod rules;
mod simulation;
