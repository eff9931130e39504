using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices;

/// <summary>One of the values of <c>Ticker:Source</c>. Each kind registers itself, with the options that it alone knows.</summary>
internal interface IPriceSourceKind
{
    /// <summary>Its name in <c>Ticker:Source</c>.</summary>
    string Name { get; }

    /// <summary>Binds and checks its options. Called at the start, for the chosen kind alone.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    void Validate();

    /// <inheritdoc cref="IPriceSourceFactory.Create(IReadOnlyCollection{Quote})"/>
    IPriceSource Create(IReadOnlyCollection<Quote> known);
}
