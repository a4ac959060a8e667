// Module EffectSizes.
