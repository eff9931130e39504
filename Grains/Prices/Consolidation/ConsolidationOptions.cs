using System.ComponentModel.DataAnnotations;
using OrleansTicker.Common.Settings;

namespace OrleansTicker.Grains.Prices.Consolidation;

/// <summary>How one price is made of the prices of several exchanges: section <see cref="Section"/>.</summary>
internal sealed class ConsolidationOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Consolidation";

    private const int MaxCurrencyLength = 12;

    /// <summary>
    /// How many exchanges a price has to rest on; with fewer it is marked as stale. 1 to 20, 2 by default. 3 are recommended: of two nobody
    /// can tell which one is wrong.
    /// </summary>
    [SettingRange(Section, 1, 20)]
    public int MinSources { get; set; } = 2;

    /// <summary>
    /// How far an exchange may be from the median, as a fraction of it, before it is left out; it counts again within half of that. 0.001 to
    /// 0.5, 0.02 by default.
    /// </summary>
    [SettingRange(Section, 0.001, 0.5)]
    public decimal MaxDeviation { get; set; } = 0.02m;

    /// <summary>
    /// How far from the median an exchange's price can count, as a fraction of the median: one that is further away counts as if it were just
    /// there. 0 to 0.1, 0.005 by default, and at most <see cref="MaxDeviation"/>. With 0 the price is the median.
    /// </summary>
    [SettingRange(Section, 0.0, 0.1)]
    public decimal MaxPull { get; set; } = 0.005m;

    /// <summary>How long an exchange may show no sign of life before it is left out: 1 s to 5 min, 5 s by default.</summary>
    [SettingRange(Section, "00:00:01", "00:05:00")]
    public TimeSpan MaxSilence { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an exchange may say nothing of a symbol before it is left out for that symbol: 1 s to 1 day, 1 min by default.</summary>
    [SettingRange(Section, "00:00:01", "1.00:00:00")]
    public TimeSpan MaxQuoteAge { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Which quote currency is converted to which one: with USDT = USD, prices of BTC-USDT count in BTC-USD, multiplied by the price of
    /// USDT-USD. None by default.
    /// </summary>
    public Dictionary<string, string> Quotes { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxPull > MaxDeviation)
        {
            yield return new ValidationResult($"{Section}:MaxPull must not be greater than {Section}:MaxDeviation.");
        }

        foreach (var (from, to) in Quotes)
        {
            var key = $"{Section}:Quotes:{from}";
            if (!IsCurrency(from))
            {
                yield return new ValidationResult($"{key} names no currency; write it as symbols do, such as USDT.");
            }
            else if (!IsCurrency(to))
            {
                yield return new ValidationResult($"{key} is '{to}'; set it to a currency as symbols have it, such as USD.");
            }
            else if (from == to)
            {
                yield return new ValidationResult($"{key} is {to}, the same currency; set it to another one or remove it.");
            }
            else if (Quotes.ContainsKey(to))
            {
                yield return new ValidationResult($"{key} is {to}, which is converted itself; set it to a currency that is not.");
            }
        }
    }

    private static bool IsCurrency(string? text) =>
        text is { Length: > 1 and <= MaxCurrencyLength } && text.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9'));
}
