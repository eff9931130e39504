using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Gateways;

/// <summary>Checks <see cref="LeaseOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class LeaseOptionsValidator : IValidateOptions<LeaseOptions>;
