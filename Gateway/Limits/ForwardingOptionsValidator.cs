using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Limits;

/// <summary>Checks <see cref="ForwardingOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class ForwardingOptionsValidator : IValidateOptions<ForwardingOptions>;
