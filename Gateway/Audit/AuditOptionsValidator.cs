using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Audit;

/// <summary>Checks <see cref="AuditOptions"/> by what its properties say.</summary>
[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
