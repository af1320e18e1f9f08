#%Module1.0
# Module file of an unpacked LatticeLift package: put it as latticelift/VERSION into a folder of MODULEPATH, and write where the
# package is. Works with Environment Modules and with Lmod.
set root /opt/latticelift

proc ModulesHelp {} {
    puts stderr "LatticeLift: macroscopic stochastic dynamics of large lattice systems, learned from small simulations."
    puts stderr "Start with: latticelift help"
}
module-whatis "LatticeLift, macroscopic dynamics of lattice systems"

conflict latticelift
prepend-path PATH $root
prepend-path PYTHONPATH $root/io/python
setenv LATTICELIFT_HOME $root
