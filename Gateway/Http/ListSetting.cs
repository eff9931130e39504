using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Http;

/// <summary>Checks settings that are lists.</summary>
internal static class ListSetting
{
    /// <summary>Refuses a list that was written as one text, which binding would pass over without a word.</summary>
    /// <param name="options">The options that hold the list.</param>
    /// <param name="section">Their section.</param>
    /// <param name="key">The list's key in it.</param>
    public static OptionsBuilder<T> ValidateList<T>(this OptionsBuilder<T> options, IConfigurationSection section, string key)
        where T : class
    {
        var setting = $"{section.Path}:{key}";
        return options.Validate(
            _ => section[key] is null, $"{setting} is one text; it has to be a list: set {setting}:0, {setting}:1 and so on.");
    }
}
