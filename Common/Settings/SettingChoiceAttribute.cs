using System.ComponentModel.DataAnnotations;

namespace OrleansTicker.Common.Settings;

/// <summary>
/// The names that a setting may have, in any case. A setting that is bound to an enum would also take numbers and lists of names, and tells the name
/// of the type if it can't be read.
/// </summary>
/// <param name="section">The section of the configuration.</param>
/// <param name="names">The names.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingChoiceAttribute(string section, params string[] names) : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string name && names.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? ValidationResult.Success
            : new ValidationResult($"{section}:{validationContext.MemberName} must be {string.Join(", ", names[..^1])} or {names[^1]}, not '{value}'.");
}
