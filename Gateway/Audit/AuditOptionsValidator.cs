using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Audit;

/// <summary>Validates <see cref="AuditOptions"/> by the attributes of its properties.</summary>
[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
