using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Http;

/// <summary>Checks <see cref="OriginOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class OriginOptionsValidator : IValidateOptions<OriginOptions>;
