using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace OrleansTicker.Common.Settings;

/// <summary>
/// The range of a setting. The message is a whole sentence that names the setting as operators write it; the platform's own range
/// would name the property before it, and take the section and the limits only as a second copy, in a text.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingRangeAttribute : ValidationAttribute
{
    private readonly string _section;
    private readonly IComparable _min;
    private readonly IComparable _max;
    private readonly string _range;

    /// <summary>The range of a whole number.</summary>
    /// <param name="section">The section of the configuration.</param>
    /// <param name="min">The smallest number.</param>
    /// <param name="max">The largest number.</param>
    public SettingRangeAttribute(string section, int min, int max)
    {
        (_section, _min, _max) = (section, min, max);
        _range = string.Create(CultureInfo.InvariantCulture, $"{min} and {max}");
    }

    /// <summary>The range of a time.</summary>
    /// <param name="section">The section of the configuration.</param>
    /// <param name="min">The shortest time, such as 00:00:01.</param>
    /// <param name="max">The longest time.</param>
    public SettingRangeAttribute(string section, string min, string max)
    {
        (_section, _min, _max) = (section, TimeSpan.Parse(min, CultureInfo.InvariantCulture), TimeSpan.Parse(max, CultureInfo.InvariantCulture));
        _range = $"{min} and {max}";
    }

    /// <summary>The range of a fraction.</summary>
    /// <param name="section">The section of the configuration.</param>
    /// <param name="min">The smallest fraction, as an attribute can hold it.</param>
    /// <param name="max">The largest fraction.</param>
    public SettingRangeAttribute(string section, double min, double max)
    {
        (_section, _min, _max) = (section, (decimal)min, (decimal)max);
        _range = string.Create(CultureInfo.InvariantCulture, $"{_min} and {_max}");
    }

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        _min.CompareTo(value) <= 0 && _max.CompareTo(value) >= 0
            ? ValidationResult.Success
            : new ValidationResult($"{_section}:{validationContext.MemberName} must be between {_range}.");
}
