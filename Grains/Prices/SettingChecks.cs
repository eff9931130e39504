using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Grains.Prices;

/// <summary>Checks that the option validators share. Each failure is a sentence that names the key and says what to set.</summary>
internal static class SettingChecks
{
    /// <summary>The longest symbol, in characters.</summary>
    public const int MaxSymbolLength = 32;

    /// <summary>Whether a text can be a symbol: 1 to <see cref="MaxSymbolLength"/> characters, none of them white or a control.</summary>
    public static bool IsSymbol(string? text) =>
        text is { Length: > 0 and <= MaxSymbolLength } && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    /// <summary>Whether a text can be a symbol of an exchange: two currencies and a hyphen between them.</summary>
    public static bool IsPair(string? text) =>
        IsSymbol(text) && !text!.Contains(':') && text.Split('-') is [{ Length: > 0 }, { Length: > 0 }];

    public static void CheckRange<T>(this ValidateOptionsResultBuilder result, string key, T value, T min, T max)
        where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}; set it from {min} to {max}."));
        }
    }

    /// <summary>Which of these settings are lists that have been given one value instead, which the binder skips silently.</summary>
    public static IEnumerable<string> FindNoLists(IConfigurationSection section, params IEnumerable<string> lists) =>
        lists.Select(section.GetSection).Where(list => list.Value is { Length: > 0 }).Select(list => list.Path);

    public static void CheckLists(this ValidateOptionsResultBuilder result, IEnumerable<string> noLists)
    {
        foreach (var key in noLists)
        {
            result.AddError($"{key} is a list; set its items by number: {key}:0, {key}:1 and so on.");
        }
    }

    public static void CheckSymbol(this ValidateOptionsResultBuilder result, string key, string? symbol)
    {
        if (!IsSymbol(symbol))
        {
            result.AddError($"{key} has '{symbol}'; a symbol has 1 to {MaxSymbolLength} characters and no blanks, such as BTC-USD.");
        }
    }
}
