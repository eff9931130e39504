using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Shutdown;

/// <summary>Validates <see cref="ShutdownOptions"/> by the attributes of its properties, and by its own validation.</summary>
[OptionsValidator]
internal sealed partial class ShutdownOptionsValidator : IValidateOptions<ShutdownOptions>;
