using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Limits;

/// <summary>Checks <see cref="LimitOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
