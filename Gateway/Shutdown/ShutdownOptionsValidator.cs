using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Shutdown;

/// <summary>Checks <see cref="ShutdownOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class ShutdownOptionsValidator : IValidateOptions<ShutdownOptions>;
